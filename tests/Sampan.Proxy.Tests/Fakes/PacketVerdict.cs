namespace Sampan.Proxy.Tests.Fakes;

/// <summary>What becomes of a packet: <c>drop</c>, <c>reject</c>, <c>pass</c>, or the targets among which chance chooses.</summary>
internal sealed record PacketVerdict(string Kind, string Targets, bool Masquerade)
{
    public static PacketVerdict Drop { get; } = new("drop", "", false);

    public static PacketVerdict Reject { get; } = new("reject", "", false);

    public static PacketVerdict Pass { get; } = new("pass", "", false);

    public static PacketVerdict To(IEnumerable<string> targets, bool masquerade) =>
        new("dnat", string.Join(' ', targets.Distinct().Order(StringComparer.Ordinal)), masquerade);
}
