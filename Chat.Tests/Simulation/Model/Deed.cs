using FsCheck;
using FsCheck.Fluent;

namespace Chat.Tests.Simulation.Model;

internal enum DeedKind { Send, Edit, Delete, React, MarkRead, Invite, InviteWithHistory, Join, Leave, Remove, MakeOwner, MakeMember }

/// <summary>One thing that somebody tries: about a member, or about a seq, whichever it takes.</summary>
internal sealed record Deed(DeedKind Kind, int User, int Other, long Seq)
{
    // Messages are the most of it, and what is done to them the next.
    private static readonly DeedKind[] Kinds =
        [.. Enum.GetValues<DeedKind>(), DeedKind.Send, DeedKind.Send, DeedKind.Send, DeedKind.Send, DeedKind.Edit, DeedKind.Delete, DeedKind.Join];

    /// <summary>Sequences of deeds; of one that fails, shorter ones are tried.</summary>
    public static Arbitrary<(bool IsOpen, Deed[] Deeds)> Sequences { get; } = Arb.From(
        from isOpen in Gen.Elements(true, false)
        from length in Gen.Choose(1, 40)
        from deeds in Gen.ArrayOf(One, length)
        select (isOpen, deeds),
        sequence => sequence.deeds.Select((_, left) => (sequence.isOpen, sequence.deeds.Where((_, index) => index != left).ToArray())));

    private static Gen<Deed> One =>
        from kind in Gen.Elements(Kinds)
        from user in Gen.Choose(0, ConversationModel.Users - 1)
        from other in Gen.Choose(0, ConversationModel.Users - 1)
        from seq in Gen.Choose(1, 30)
        select new Deed(kind, user, other, seq);
}
