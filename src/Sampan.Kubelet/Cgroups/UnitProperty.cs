namespace Sampan.Kubelet.Cgroups;

/// <summary>A property of one of systemd's units, with its type in D-Bus' letters: <c>t</c> a number, <c>b</c> a boolean, <c>s</c> text, <c>as</c> a list, here of one.</summary>
internal sealed record UnitProperty(string Name, string Type, string Value)
{
    /// <summary>systemd's word for no limit.</summary>
    private const ulong Infinity = ulong.MaxValue;

    /// <summary>As <c>busctl</c> takes it.</summary>
    public IReadOnlyList<string> Words => Type == "as" ? [Name, Type, "1", Value] : [Name, Type, Value];

    public static UnitProperty Number(string name, long value) => new(name, "t", value.ToString());

    public static UnitProperty Unlimited(string name) => new(name, "t", Infinity.ToString());

    public static UnitProperty On(string name) => new(name, "b", "true");

    public static UnitProperty Off(string name) => new(name, "b", "false");
}
