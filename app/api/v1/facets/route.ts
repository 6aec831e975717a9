export { POST } from '@/server/http/routes/facets'
