using Chat.Contracts;

namespace Chat.Server.Delivery;

/// <summary>A user's profile was edited, on whatever node.</summary>
internal delegate ValueTask HearProfile(UserId user);
