export { GET } from '@/server/http/routes/tail'
