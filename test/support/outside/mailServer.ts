import { simpleParser, type ParsedMail } from 'mailparser';
import type { AddressInfo, Socket } from 'node:net';
import { SMTPServer } from 'smtp-server';

const MAIL_LOGIN = { user: 'recruiting', password: 'mail-secret' };

/** A real SMTP server on loopback that keeps what it is sent. */
export class MailServer {
	readonly mails: ParsedMail[] = [];
	/** Which mails it does not take. */
	private isRefused: (mail: ParsedMail) => boolean = () => false;
	private drops = 0;

	private readonly server = new SMTPServer({
		disabledCommands: ['STARTTLS'],
		allowInsecureAuth: true,
		onAuth: ({ username, password }, _session, answer) => {
			const isKnown = username === MAIL_LOGIN.user && password === MAIL_LOGIN.password;
			answer(isKnown ? null : new Error('Wrong user or password'), { user: username });
		},
		onData: (stream, _session, answer) => {
			simpleParser(stream).then((mail) => {
				if (this.isRefused(mail)) return answer(new Error('Try again later'));
				this.mails.push(mail);
				if (this.drops-- <= 0) return answer();
				for (const connection of this.server.connections as Set<{ _socket: Socket }>) {
					connection._socket.destroy();
				}
			}, answer);
		},
	});

	async start(): Promise<void> {
		await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
	}

	/** The fields of n8n's SMTP credential. */
	get credential(): Record<string, unknown> {
		return {
			host: '127.0.0.1',
			port: (this.server.server.address() as AddressInfo).port,
			secure: false,
			disableStartTls: true,
			...MAIL_LOGIN,
		};
	}

	/** Takes no mail for so many attempts. */
	refuseNext(count: number): void {
		let left = count;
		this.isRefused = () => left-- > 0;
	}

	/** Takes no mail any more whose subject has a text in it. */
	refuseOnly(text: string): void {
		this.isRefused = ({ subject }) => subject?.includes(text) === true;
	}

	/** Takes so many mails, but drops the connection before it says so. */
	dropNext(count: number): void {
		this.drops = count;
	}

	async stop(): Promise<void> {
		await new Promise<void>((resolve) => this.server.close(resolve));
	}
}
