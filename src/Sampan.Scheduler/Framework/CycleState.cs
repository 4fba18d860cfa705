namespace Sampan.Scheduler.Framework;

/// <summary>What plugins remember between the extension points of one scheduling cycle, each under its own type.</summary>
public sealed class CycleState
{
    private readonly Dictionary<Type, object> _data = [];

    public void Write<T>(T value) where T : class => _data[typeof(T)] = value;

    public T? Read<T>() where T : class => _data.GetValueOrDefault(typeof(T)) as T;
}
