export { GET } from '@/server/http/routes/trace'
