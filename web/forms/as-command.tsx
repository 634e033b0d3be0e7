'use client';
import { useId, useState } from 'react';
import { Button } from '#ui/button.tsx';
import { CodeBlock } from '#ui/code-block.tsx';
import { SegmentedControl } from '#ui/tabs.tsx';

type Client = 'curl' | 'openstack';
type AsCommandProps = { curl: string; openstack: string };

/** What a form would do, as commands: of this cloud's own API, or of the openstack client. */
export function AsCommand({ curl, openstack }: AsCommandProps) {
  const [client, setClient] = useState<Client>('curl');
  return (
    <div className="grid min-w-0 gap-3">
      <SegmentedControl<Client>
        label="Client"
        value={client}
        onChange={setClient}
        options={[
          { value: 'curl', label: 'curl' },
          { value: 'openstack', label: 'openstack' },
        ]}
      />
      <p className="text-ink-muted text-table">
        <code className="numeric">eval "$(./unkai env{client === 'openstack' && ' --openstack'})"</code> sets the
        address and {client === 'curl' ? 'a token' : 'who you are'}.
      </p>
      <CodeBlock code={client === 'curl' ? curl : openstack} label="Command" />
    </div>
  );
}

/** The same below the fields of a form, once somebody asks for it. */
export function AsCommandFold(props: AsCommandProps) {
  const id = useId();
  const [isOpen, setOpen] = useState(false);
  return (
    <div className="grid min-w-0 gap-2">
      <div>
        <Button variant="quiet" aria-expanded={isOpen} aria-controls={id} onClick={() => setOpen(!isOpen)}>
          {isOpen ? 'Hide the command' : 'Show as command'}
        </Button>
      </div>
      <div id={id} hidden={!isOpen} className="min-w-0">
        {isOpen && <AsCommand {...props} />}
      </div>
    </div>
  );
}
