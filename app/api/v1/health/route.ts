export { GET } from '@/server/http/routes/health'
