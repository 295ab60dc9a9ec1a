// What the page asks of its server. Everything done goes through the stand-in people.

import { toast } from "./toast.js";

async function answerOf(response) {
  const answer = await response.json().catch(() => ({ error: `The playground answered ${response.status}.` }));
  if (!response.ok) throw new Error(answer.error ?? `The playground answered ${response.status}.`);
  return answer;
}

// The answer, or null after the visitor has been told what went wrong.
async function told(work) {
  try {
    return await answerOf(await work());
  } catch (error) {
    toast(error.message, "bad");
    return null;
  }
}

export function deed(path, fields = {}) {
  return told(() => fetch(`/playground/${path}`, { method: "POST", body: JSON.stringify(fields) }));
}

export function upload(path, files, fields) {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  for (const file of files) form.append("file", file);
  return told(() => fetch(`/playground/${path}`, { method: "POST", body: form }));
}
