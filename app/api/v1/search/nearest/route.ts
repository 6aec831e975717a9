export { POST } from '@/server/http/routes/nearest'
