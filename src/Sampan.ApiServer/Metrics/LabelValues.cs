namespace Sampan.ApiServer.Metrics;

/// <summary>The label values of one series, compared by content.</summary>
internal readonly struct LabelValues(string[] values) : IEquatable<LabelValues>
{
    private readonly string[] _values = values;

    public string this[int index] => _values[index];

    public bool Equals(LabelValues other) => _values.AsSpan().SequenceEqual(other._values);

    public override bool Equals(object? obj) => obj is LabelValues other && Equals(other);

    public override int GetHashCode()
    {
        var hash = default(HashCode);
        foreach (var value in _values)
        {
            hash.Add(value);
        }
        return hash.ToHashCode();
    }
}
