export { POST } from '@/server/http/routes/histogram'
