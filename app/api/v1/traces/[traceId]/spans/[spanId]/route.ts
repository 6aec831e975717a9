export { GET } from '@/server/http/routes/span'
