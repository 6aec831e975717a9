export { GET } from '@/server/http/routes/sources'
