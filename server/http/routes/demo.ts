import { ENDPOINTS } from '@/lib/api/endpoints'
import { startDemo } from '@/server/services/demo/start-demo'
import { route } from '../route'

export const POST = route(ENDPOINTS.demo, ({ ctx }) => startDemo(ctx))
