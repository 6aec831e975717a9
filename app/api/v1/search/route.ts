export { POST } from '@/server/http/routes/search'
