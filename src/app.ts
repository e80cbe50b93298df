import express from 'express'
import type { Express } from 'express'
import { administrationRoutes } from './administration/routes.ts'
import { adviceRoutes } from './advice/routes.ts'
import { attachmentsRoutes } from './attachments/routes.ts'
import { applicationsRoutes } from './applications/routes.ts'
import { bulkRoutes } from './bulk/routes.ts'
import { casesRoutes } from './cases/routes.ts'
import { caseworkRoutes } from './casework/routes.ts'
import { contributionsRoutes } from './contributions/routes.ts'
import { contributorsRoutes } from './contributors/routes.ts'
import { criteriaRoutes } from './criteria/routes.ts'
import { decisionsRoutes } from './decisions/routes.ts'
import { documentsRoutes } from './documents/routes.ts'
import { inboxRoutes } from './inbox/routes.ts'
import { historyRoutes } from './history/routes.ts'
import { fileRequestsRoutes } from './file-requests/routes.ts'
import { instalmentsRoutes } from './instalments/routes.ts'
import { enteringRoutes } from './entering/routes.ts'
import { leaveRoutes } from './leave/routes.ts'
import { organisationsRoutes } from './organisations/routes.ts'
import { membersRoutes } from './members/routes.ts'
import { outboxRoutes } from './outbox/routes.ts'
import { peopleRoutes } from './people/routes.ts'
import { poolsRoutes } from './pools/routes.ts'
import { planningRoutes } from './planning/routes.ts'
import { portalRoutes } from './portal/routes.ts'
import { privacyRoutes } from './privacy/routes.ts'
import { reportsRoutes } from './reports/routes.ts'
import { reviewsRoutes } from './reviews/routes.ts'
import { roundsRoutes } from './rounds/routes.ts'
import { settingsRoutes } from './settings/routes.ts'
import { readBody } from './web/body.ts'
import type { Deps } from './web/context.ts'
import { checkCsrf } from './web/csrf.ts'
import { answerErrors, notFound } from './web/errors.ts'
import { keepTyped } from './web/kept-form.ts'
import { onceOnly } from './web/request-key.ts'
import { logRequests } from './web/request-log.ts'
import { uploadForms } from './web/route.ts'
import { assets, keepNothing, onlyOurHost, pageRules, securityHeaders } from './web/security.ts'
import { withContext } from './web/session.ts'

/** The program as a web application, in the order a request goes through it. */
export function createApp(deps: Deps): Express {
  const app = express()
  app.disable('x-powered-by')
  app.set('query parser', 'simple')
  app.set('trust proxy', deps.config.mode === 'production' ? 'loopback' : false)
  app.use(logRequests(deps))
  app.use(securityHeaders)
  app.use(keepNothing)
  app.use(onlyOurHost(deps.config))
  app.use(assets())
  app.use(withContext(deps))
  app.use(pageRules)
  app.use(uploadForms)
  app.use(readBody)
  app.use(checkCsrf)
  app.use(keepTyped)
  app.use(onceOnly)
  app.use(peopleRoutes(deps))
  app.use(organisationsRoutes())
  app.use(membersRoutes())
  app.use(privacyRoutes())
  app.use(poolsRoutes())
  app.use(portalRoutes())
  app.use(applicationsRoutes())
  app.use(documentsRoutes())
  app.use(inboxRoutes())
  app.use(attachmentsRoutes())
  app.use(fileRequestsRoutes())
  app.use(casesRoutes())
  app.use(bulkRoutes())
  app.use(caseworkRoutes())
  app.use(enteringRoutes())
  app.use(roundsRoutes())
  app.use(planningRoutes())
  app.use(leaveRoutes())
  app.use(reviewsRoutes())
  app.use(decisionsRoutes())
  app.use(instalmentsRoutes())
  app.use(reportsRoutes())
  app.use(adviceRoutes())
  app.use(contributorsRoutes())
  app.use(contributionsRoutes())
  app.use(administrationRoutes())
  app.use(criteriaRoutes())
  app.use(settingsRoutes())
  app.use(historyRoutes())
  app.use(outboxRoutes())
  app.use(notFound)
  app.use(answerErrors)
  return app
}
