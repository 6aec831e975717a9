import { ENDPOINTS } from '@/lib/api/endpoints'
import { route } from '@/server/http/route'
import { getHistogram } from '@/server/services/histogram/get-histogram'

export const POST = route(ENDPOINTS.histogram, ({ ctx, input }) => getHistogram(ctx, input))
