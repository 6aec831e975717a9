export { POST } from '@/server/http/routes/demo'
