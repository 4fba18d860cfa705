namespace Sampan.Client.Metrics;

/// <summary>One series of a gauge.</summary>
public sealed class GaugeValue
{
    private double _value;
    private volatile Func<double>? _source;

    public double Value => _source is { } source ? source() : Volatile.Read(ref _value);

    public void Set(double value) => Volatile.Write(ref _value, value);

    public void Add(double amount)
    {
        double before;
        do
        {
            before = Volatile.Read(ref _value);
        }
        while (Interlocked.CompareExchange(ref _value, before + amount, before) != before);
    }

    /// <summary>Asks for the value each time metrics are read.</summary>
    public void Observe(Func<double> source) => _source = source;
}
