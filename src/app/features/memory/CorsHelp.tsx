import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { SelectField } from '../../ui';
import styles from './memory.module.css';

const METHODS = 'GET, PUT, DELETE, PROPFIND, MKCOL, OPTIONS';
const HEADERS = 'Authorization, Content-Type, Depth, If-None-Match';

type Server = 'rclone' | 'caddy' | 'nginx' | 'nextcloud';

/** What to write into the server's configuration, so that it lets this page in and no other. */
const CONFIGURATIONS: Readonly<Record<Server, (origin: string) => string>> = {
  // rclone's own --allow-origin does not let the Depth header through, so a proxy answers for it.
  rclone: (origin) => `rclone serve webdav remote:folder --addr 127.0.0.1:8080 --user me --pass secret

# and in front of it, as Caddyfile:
dav.example {
  header {
    Access-Control-Allow-Origin "${origin}"
    Access-Control-Allow-Methods "${METHODS}"
    Access-Control-Allow-Headers "${HEADERS}"
    defer
  }
  @preflight method OPTIONS
  handle @preflight {
    respond 204
  }
  handle {
    reverse_proxy 127.0.0.1:8080
  }
}`,
  caddy: (origin) => `# xcaddy build --with github.com/mholt/caddy-webdav
dav.example {
  header {
    Access-Control-Allow-Origin "${origin}"
    Access-Control-Allow-Methods "${METHODS}"
    Access-Control-Allow-Headers "${HEADERS}"
    defer
  }
  @preflight method OPTIONS
  handle @preflight {
    respond 204
  }
  handle {
    basic_auth {
      me <output of: caddy hash-password>
    }
    root * /srv/tacit
    webdav
  }
}`,
  nginx: (origin) => `# needs nginx-dav-ext-module for PROPFIND
location /tacit/ {
  root /srv/dav;
  add_header Access-Control-Allow-Origin "${origin}" always;
  add_header Access-Control-Allow-Methods "${METHODS}" always;
  add_header Access-Control-Allow-Headers "${HEADERS}" always;
  if ($request_method = OPTIONS) { return 204; }
  limit_except OPTIONS {
    auth_basic "Tacit";
    auth_basic_user_file /etc/nginx/tacit.htpasswd;
  }
  dav_methods PUT DELETE MKCOL;
  dav_ext_methods PROPFIND OPTIONS;
  client_max_body_size 64m;
}`,
  nextcloud: (origin) => `# Nextcloud sends no CORS headers by itself: add them where the requests come in, here Apache (mod_headers, mod_rewrite)
<Location /remote.php/dav>
  Header always set Access-Control-Allow-Origin "${origin}"
  Header always set Access-Control-Allow-Methods "${METHODS}"
  Header always set Access-Control-Allow-Headers "${HEADERS}"
  RewriteEngine On
  RewriteCond %{REQUEST_METHOD} OPTIONS
  RewriteRule .* - [R=204,L]
</Location>`,
};

const SERVERS: readonly { readonly value: Server; readonly label: string }[] = [
  { value: 'rclone', label: 'rclone' },
  { value: 'caddy', label: 'Caddy' },
  { value: 'nginx', label: 'nginx' },
  { value: 'nextcloud', label: 'Nextcloud' },
];

export function CorsHelp({ origin }: { readonly origin: string }) {
  const { t } = useTranslation();
  const [server, setServer] = useState<Server>('rclone');
  const select = (value: string) => setServer(SERVERS.find((known) => known.value === value)?.value ?? 'rclone');
  return (
    <details className={styles.details}>
      <summary>{t('How the server lets this page in (CORS)')}</summary>
      <p className={styles.faint}>{t('A browser asks the server whether pages of {{origin}} may use it. The question (OPTIONS) comes without a password, so it has to be answered without one.', { origin })}</p>
      <SelectField label={t('Server')} value={server} choices={SERVERS} onValueChange={select} />
      <pre className={styles.code} tabIndex={0} aria-label={t('Configuration')}>
        <code>{CONFIGURATIONS[server](origin)}</code>
      </pre>
    </details>
  );
}
