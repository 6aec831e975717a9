export { GET } from '@/server/http/routes/row'
