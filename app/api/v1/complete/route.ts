export { POST } from '@/server/http/routes/complete'
