-- Ids are TEXT, times BIGINT milliseconds since 1970 (UTC), yes/no BIGINT 1/0: the same on every database.

CREATE TABLE chat_setting (name TEXT PRIMARY KEY, value TEXT NOT NULL);

CREATE TABLE chat_user (
    id TEXT PRIMARY KEY,
    user_name TEXT NOT NULL,
    skeleton TEXT NOT NULL,             -- what look-alike names have in common
    password_hash TEXT NOT NULL,
    display_name TEXT NOT NULL,
    about TEXT NULL,
    time_zone TEXT NULL,
    avatar TEXT NULL,
    version BIGINT NOT NULL,
    presence_choice TEXT NOT NULL,
    hides_last_seen BIGINT NOT NULL,
    last_seen BIGINT NULL,
    created_at BIGINT NOT NULL,
    deactivated_at BIGINT NULL
);
CREATE UNIQUE INDEX chat_user_user_name ON chat_user (user_name);
CREATE UNIQUE INDEX chat_user_skeleton ON chat_user (skeleton);
CREATE INDEX chat_user_active ON chat_user (user_name) WHERE deactivated_at IS NULL; -- the members of the Lobby

-- The folded words by which a user is found: the user name and each word of the display name.
CREATE TABLE search_word (
    word TEXT NOT NULL,
    user_id TEXT NOT NULL REFERENCES chat_user (id),
    PRIMARY KEY (word, user_id)
);
CREATE INDEX search_word_user ON search_word (user_id);

CREATE TABLE blocked (
    user_id TEXT NOT NULL REFERENCES chat_user (id),
    blocked_id TEXT NOT NULL REFERENCES chat_user (id),
    blocked_at BIGINT NOT NULL,
    PRIMARY KEY (user_id, blocked_id)
);
CREATE INDEX blocked_by ON blocked (blocked_id);

CREATE TABLE session (
    id TEXT PRIMARY KEY,
    user_id TEXT NOT NULL REFERENCES chat_user (id),
    token_hash TEXT NOT NULL,
    device TEXT NULL,
    created_at BIGINT NOT NULL,
    last_used_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    ended_at BIGINT NULL,
    end_reason TEXT NULL
);
CREATE UNIQUE INDEX session_token ON session (token_hash);
CREATE INDEX session_open ON session (user_id) WHERE ended_at IS NULL;
CREATE INDEX session_expiry ON session (expires_at) WHERE ended_at IS NULL;
CREATE INDEX session_end ON session (ended_at) WHERE ended_at IS NOT NULL;

-- A transcript is a conversation's or, under the user's id, a user's inbox.
CREATE TABLE transcript (
    id TEXT PRIMARY KEY,
    head BIGINT NOT NULL,
    last_at BIGINT NOT NULL             -- sent_at of the head
);

CREATE TABLE entry (
    transcript_id TEXT NOT NULL REFERENCES transcript (id),
    seq BIGINT NOT NULL,
    kind TEXT NOT NULL,
    author_id TEXT NOT NULL REFERENCES chat_user (id),
    sent_at BIGINT NOT NULL,
    client_message_id TEXT NULL,        -- lives as long as the entry: repeats are found for ever
    fingerprint TEXT NULL,              -- of the draft, to tell a repeat from a reuse; erased with the text
    target_seq BIGINT NULL,             -- the message that an amendment is about
    body TEXT NOT NULL,
    deleted BIGINT NOT NULL DEFAULT 0,
    PRIMARY KEY (transcript_id, seq)
);
CREATE UNIQUE INDEX entry_client_message ON entry (author_id, client_message_id) WHERE client_message_id IS NOT NULL;
CREATE INDEX entry_target ON entry (transcript_id, target_seq, seq) WHERE target_seq IS NOT NULL;
CREATE INDEX entry_naming ON entry (transcript_id, seq) WHERE kind IN ('Started', 'Renamed');

-- Who was mentioned where, for counting mentions without reading texts.
CREATE TABLE mention (
    user_id TEXT NOT NULL REFERENCES chat_user (id),
    transcript_id TEXT NOT NULL,
    seq BIGINT NOT NULL,
    PRIMARY KEY (user_id, transcript_id, seq)
);

CREATE TABLE conversation (
    id TEXT PRIMARY KEY REFERENCES transcript (id),
    kind TEXT NOT NULL,
    pair TEXT NULL,                     -- both user ids in order: one private chat a pair
    open_name TEXT NULL,                -- of an open conference
    title TEXT NULL,
    continued_from TEXT NULL REFERENCES conversation (id),
    member_count BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    archived_at BIGINT NULL
);
CREATE UNIQUE INDEX conversation_pair ON conversation (pair) WHERE pair IS NOT NULL;
CREATE UNIQUE INDEX conversation_open_name ON conversation (open_name) WHERE open_name IS NOT NULL;

-- The closed intervals [first_seq, left_seq] that a user may read; the open one has no left_seq.
CREATE TABLE membership (
    conversation_id TEXT NOT NULL REFERENCES conversation (id),
    user_id TEXT NOT NULL REFERENCES chat_user (id),
    joined_seq BIGINT NOT NULL,
    first_seq BIGINT NOT NULL,          -- below joined_seq where history was shared
    left_seq BIGINT NULL,
    PRIMARY KEY (conversation_id, user_id, joined_seq)
);
CREATE UNIQUE INDEX membership_open ON membership (conversation_id, user_id) WHERE left_seq IS NULL;
CREATE INDEX membership_user ON membership (user_id, conversation_id, left_seq); -- who is where now, for the list
CREATE INDEX membership_order ON membership (conversation_id, joined_seq, user_id) WHERE left_seq IS NULL;

-- A user's own settings in a conversation; they outlast the membership. Everybody has such a row in the Lobby.
CREATE TABLE member (
    conversation_id TEXT NOT NULL REFERENCES conversation (id),
    user_id TEXT NOT NULL REFERENCES chat_user (id),
    role TEXT NOT NULL,
    read_seq BIGINT NOT NULL,
    pinned BIGINT NOT NULL DEFAULT 0,
    muted BIGINT NOT NULL DEFAULT 0,
    hidden BIGINT NOT NULL DEFAULT 0,
    told BIGINT NOT NULL DEFAULT 1,     -- 0 for the other side of a private chat without a message yet
    PRIMARY KEY (conversation_id, user_id)
);
CREATE INDEX member_curtain ON member (conversation_id) WHERE hidden = 1 OR told = 0; -- looked at with each message
-- All that decides which conversations a page of the list has.
CREATE INDEX member_list ON member (user_id, conversation_id, told, hidden, pinned);

-- What an operation id stands for, so that a retry of it answers what the first did.
CREATE TABLE operation (
    user_id TEXT NOT NULL REFERENCES chat_user (id),
    operation_id TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    conversation_id TEXT NOT NULL REFERENCES conversation (id),
    result TEXT NOT NULL,
    PRIMARY KEY (user_id, operation_id)
);

-- The Lobby: everybody's conference, without a membership for anybody. Its members are counted from the users.
INSERT INTO transcript (id, head, last_at) VALUES ('lobby', 0, 0);
INSERT INTO conversation (id, kind, open_name, member_count, created_at) VALUES ('lobby', 'Conference', 'lobby', 0, 0);
