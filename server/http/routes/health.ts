import { ENDPOINTS } from '@/lib/api/endpoints'
import { checkHealth } from '@/server/services/health/check-health'
import { route } from '../route'

export const GET = route(ENDPOINTS.health, async ({ ctx }) => {
  const health = await checkHealth(ctx)
  return Response.json(health, { status: health.status === 'ok' ? 200 : 503 })
})
