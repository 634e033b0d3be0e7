'use client';
import { useState } from 'react';
import { Dialog } from '#ui/dialog.tsx';
import { TextArea } from '#ui/field.tsx';
import { Form } from '#ui/form.tsx';

/** Takes text that is typed into the console, letter by letter: a guest has no clipboard of ours. */
export function ConsolePaste({ onClose, onPaste }: { onClose: () => void; onPaste: (text: string) => void }) {
  const [text, setText] = useState('');
  return (
    <Dialog isOpen onClose={onClose} title="Paste into the console">
      <Form
        label="Paste into the console"
        submitLabel="Type text"
        onCancel={onClose}
        pending={false}
        submitError={undefined}
        disabledReason={text === '' ? 'Paste some text first.' : undefined}
        onSubmit={() => onPaste(text)}
      >
        <TextArea
          label="Text"
          name="text"
          value={text}
          onChange={setText}
          help="It is typed as a keyboard would; on the screen, letters outside the guest's keyboard layout may differ."
        />
      </Form>
    </Dialog>
  );
}
