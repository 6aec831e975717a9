export { POST } from '@/server/http/routes/sign-in'
