import { ENDPOINTS } from '@/lib/api/endpoints'
import { route } from '@/server/http/route'
import { getSkeleton } from '@/server/services/traces/get-skeleton'
import { getTrace } from '@/server/services/traces/get-trace'

export const GET = route(ENDPOINTS.trace, ({ ctx, input, params }) =>
  input.view === 'skeleton' ? getSkeleton(ctx, params.traceId, input) : getTrace(ctx, params.traceId, input),
)
