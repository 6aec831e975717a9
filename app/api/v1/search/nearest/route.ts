import { ENDPOINTS } from '@/lib/api/endpoints'
import { route } from '@/server/http/route'
import { findNearest } from '@/server/services/search/find-nearest'

export const POST = route(ENDPOINTS.nearest, ({ ctx, input }) => findNearest(ctx, input))
