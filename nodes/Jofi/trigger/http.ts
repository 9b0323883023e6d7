import type { IWebhookFunctions } from 'n8n-workflow';
import type { Answer } from './answers';
import { PAGE_HEADERS, type Page } from './sample/page';
import type { Delivery } from './receive';

type Request = ReturnType<IWebhookFunctions['getRequestObject']>;
type Response = ReturnType<IWebhookFunctions['getResponseObject']>;

/** Takes from n8n's request what `receive` needs, and follows its response to see how it is answered. */
export async function readDelivery(request: Request, response: Response): Promise<Delivery> {
	return {
		headers: request.headers,
		body: await readRawBody(request),
		receivedAt: Date.now(),
		answered: new Promise((resolve) => {
			response.once('finish', () =>
				resolve(response.statusCode >= 200 && response.statusCode < 300),
			);
			// Closed without an answer: the sender knows of no success and may send the event again.
			response.once('close', () => resolve(false));
		}),
	};
}

/** Sends an answer as JSON. */
export function sendAnswer(response: Response, { status, body, headers }: Answer): void {
	response.status(status).set(headers).json(body);
}

/** Sends a page with its protective headers. */
export function sendPage(response: Response, { status, html }: Page): void {
	response.status(status).set(PAGE_HEADERS).send(html);
}

/** Whether the visitor's browser used HTTPS, as far as n8n or the reverse proxy in front of it says. */
export function visitsOverHttps(request: Request): boolean {
	const forwarded = String(request.headers['x-forwarded-proto'] ?? '');
	return request.secure || /^https\b/i.test(forwarded);
}

/**
 * The bytes that were signed. n8n reads them beforehand only for the content types that it parses, and
 * can't for a multipart body (undefined).
 */
async function readRawBody(request: Request): Promise<Buffer | undefined> {
	try {
		if (!request.rawBody) await request.readRawBody();
		return request.rawBody;
	} catch {
		return undefined;
	}
}
