export { GET } from '@/server/http/routes/service-colors'
