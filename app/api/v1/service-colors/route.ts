import { ENDPOINTS } from '@/lib/api/endpoints'
import { route } from '@/server/http/route'
import { getServiceColors } from '@/server/services/service-colors/get-service-colors'

export const GET = route(ENDPOINTS.serviceColors, ({ ctx, input }) => getServiceColors(ctx, input.services))
