namespace Sampan.Scheduler.Cache;

/// <summary>
/// Amounts of each resource as plain numbers: CPU in thousandths of a core, memory and ephemeral storage in bytes,
/// everything else (extended resources, huge pages) in units by name.
/// </summary>
public sealed class Resources : IEquatable<Resources>
{
    private Dictionary<string, long>? _scalars;

    public long MilliCpu { get; set; }
    public long Memory { get; set; }
    public long EphemeralStorage { get; set; }
    public long AllowedPods { get; set; }
    public IReadOnlyDictionary<string, long> Scalars => _scalars ?? EmptyScalars;

    private static Dictionary<string, long> EmptyScalars { get; } = [];

    /// <summary>The amount of one resource, 0 when there is none.</summary>
    public long this[string name]
    {
        get => name switch
        {
            ResourceNames.Cpu => MilliCpu,
            ResourceNames.Memory => Memory,
            ResourceNames.EphemeralStorage => EphemeralStorage,
            ResourceNames.Pods => AllowedPods,
            _ => _scalars?.GetValueOrDefault(name) ?? 0,
        };
        internal set
        {
            switch (name)
            {
                case ResourceNames.Cpu: MilliCpu = value; break;
                case ResourceNames.Memory: Memory = value; break;
                case ResourceNames.EphemeralStorage: EphemeralStorage = value; break;
                case ResourceNames.Pods: AllowedPods = value; break;
                default: (_scalars ??= [])[name] = value; break;
            }
        }
    }

    public static Resources From(Dictionary<string, Quantity>? list)
    {
        var resources = new Resources();
        foreach (var (name, quantity) in list.OrEmpty()) resources[name] = name == ResourceNames.Cpu ? quantity.AsMilli() : quantity.AsLong();
        return resources;
    }

    public void Add(Resources other) => Combine(other, static (a, b) => a + b);
    public void Subtract(Resources other) => Combine(other, static (a, b) => a - b);
    public void Max(Resources other) => Combine(other, Math.Max);

    public Resources Copy()
    {
        var copy = new Resources { AllowedPods = AllowedPods };
        copy.Add(this);
        return copy;
    }

    /// <summary>Whether the amounts are the same; an amount of zero is as good as none.</summary>
    public bool Equals(Resources? other) =>
        other is not null && MilliCpu == other.MilliCpu && Memory == other.Memory && EphemeralStorage == other.EphemeralStorage
        && AllowedPods == other.AllowedPods && Covers(other) && other.Covers(this);

    /// <summary>Whether any of the resources that are asked for (those not zero in <paramref name="among"/>) is more here than there.</summary>
    internal bool IsLargerIn(Resources other, Resources among)
    {
        if ((among.MilliCpu > 0 && MilliCpu > other.MilliCpu) || (among.Memory > 0 && Memory > other.Memory)) return true;
        if (among.EphemeralStorage > 0 && EphemeralStorage > other.EphemeralStorage) return true;
        foreach (var (name, amount) in among.Scalars)
        {
            if (amount > 0 && this[name] > other[name]) return true;
        }
        return false;
    }

    public override bool Equals(object? obj) => Equals(obj as Resources);

    public override int GetHashCode() => HashCode.Combine(MilliCpu, Memory, EphemeralStorage, AllowedPods);

    private bool Covers(Resources other)
    {
        if (other._scalars is null) return true;
        foreach (var (name, amount) in other._scalars)
        {
            if (amount > (_scalars?.GetValueOrDefault(name) ?? 0)) return false;
        }
        return true;
    }

    private void Combine(Resources other, Func<long, long, long> operation)
    {
        MilliCpu = operation(MilliCpu, other.MilliCpu);
        Memory = operation(Memory, other.Memory);
        EphemeralStorage = operation(EphemeralStorage, other.EphemeralStorage);
        if (other._scalars is null) return;
        _scalars ??= [];
        foreach (var (name, amount) in other._scalars) _scalars[name] = operation(_scalars.GetValueOrDefault(name), amount);
    }
}
