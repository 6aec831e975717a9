import { ENDPOINTS } from '@/lib/api/endpoints'
import { route } from '@/server/http/route'
import { startDemo } from '@/server/services/demo/start-demo'

export const POST = route(ENDPOINTS.demo, ({ ctx }) => startDemo(ctx))
