export { GET } from '@/server/http/routes/sign-in'
