export const examples = `
Examples:
  afterleak findings report.json               what is in it; sends nothing
  afterleak check gitleaks.json                a scanner's report
  trufflehog git … --json | afterleak check    straight from a scanner
  afterleak check --provider stripe            one key, typed where nobody looks
  afterleak check report.json --dry-run        what would be sent, and to whom
  afterleak check *.json --out report.html     one page for those who act on it
  afterleak investigate report.json --logs cloudtrail/   who used them

Exit codes: 0 all decided, nothing live · 1 something is live
            2 wrong use, or no input could be read
            3 nothing live, something undecided`

export const checkHelp = `
Examples:
  afterleak check gitleaks.json trufflehog.jsonl
  afterleak check --provider aws --part key_id=env:OLD_ID --part secret=env:OLD
  afterleak check report.json --host gitlab=https://git.example.com \\
                              --allow-private 10.0.0.0/8
  afterleak check dotenv.json --host 'postgresql=db.example.com,*.corp.example'
  afterleak check .secrets.baseline --source .       hashes, read back from here
  afterleak check run.json --source .                what an earlier run wrote
  afterleak check --provider stripe --part key=vault:secret/ci/stripe#key

References: env:NAME  file:PATH  aws-sm:NAME#KEY  vault:MOUNT/PATH#FIELD
conjur:ACCOUNT:variable:ID, with addresses and sign-ins from the environment
as each store's own command line reads them.

Before a key is touched, its provider's own list can be asked with another
credential: --admin gitlab=env:ADMIN_TOKEN. What a touch would overwrite (when
it was last used, from where) is read first, and a key that the list decides
is not used at all. afterleak providers NAME shows what can be given.

A key is sent to its own provider's declared hosts and nowhere else, by GET and
HEAD (a POST only where the provider documents that it changes nothing). A
database is signed in to once a day for each account, and only at a host that
both the finding and you name.
Every call is in the ledger: afterleak ledger show`

export const investigateHelp = `
Examples:
  afterleak investigate gitleaks.json --logs AWSLogs/ --leaked-at 2026-11-01
  afterleak investigate report.json --logs audit.json --no-touch   sends nothing
  afterleak investigate run.json --logs audit.json      a report that was saved
  afterleak investigate report.json --logs trail.json.gz --bundle evidence/
  afterleak investigate report.json --logs trail.json --to ocsf    the events

  afterleak investigate report.json --pull --no-touch \\
      --admin aws.key_id=env:AUDIT_ID --admin aws.secret=env:AUDIT

--pull asks the providers' own logs: CloudTrail in every enabled Region, audit
logs of GitHub, GitLab, Okta, Slack, Google Cloud and others, by --admin or by
a key that works. What is denied, not in a plan or kept no longer is said.
--kept-in stripe=vault:kv/pay tells who read the key there, by the logs of
AWS Secrets Manager (CloudTrail), Vault or Conjur.

Logs are recognised by their content (CloudTrail, S3, GitHub, GitLab, Okta,
Vault, Google, Azure, Microsoft 365, OCSF, web servers and others), gzip too.
Each session of a key is held against its own history; what no log shows is
said, never "clean".
Decisions are CERT/CC's SSVC table, each with its inputs: afterleak explain ID

Exit codes: as for check; a log that could not be read is 3`

export const findingsHelp = `
Each finding counts once:
  checkable    check would send something for it
  redacted     the scanner wrote a mask or a hash
  incomplete   a part of the key is missing
  unmapped     neither the rule nor the form tells whose key it is
What is left was settled without asking: canaries, placeholders, keys cut off.
A report of several scanners (SARIF) names them all, with commas between them.
With --source DIR, what is redacted is read back from there where it can be.

Exit codes: 0 all was read · 2 nothing could be read · 3 some was not read`

export const providersHelp = `
Examples:
  afterleak providers github                     every request it would send
  afterleak providers --unmapped report.json   rules of nobody here`

export const watchHelp = `
Examples:
  afterleak watch add --provider stripe --part key=env:OLD_KEY --label old
  afterleak watch add --provider stripe --part key=vault:kv/pay#key --label new
  afterleak watch rotate old new --deadline 12h
  afterleak watch run --once --logs /var/log/cloudtrail     from cron or a CI
  afterleak watch run --cron "*/10 * * * *" --zone Europe/Dublin

A key is asked about every ten minutes at first, then ever more seldom. It is
called dead after two answers minutes apart, and not while all keys of its
provider fail together. Each change is told once.

Exit codes of run --once: 0 nothing that needs you now · 1 a key came back, is
misused, may do more, or a rotation is late · 2 wrong use`
