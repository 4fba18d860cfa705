namespace Sampan.Scheduler.Framework;

/// <summary>One object of each type, found by an index that each type is given once: reading costs an array access.</summary>
public class TypeSlots
{
    private object?[] _data = new object?[8];

    public void Write<T>(T value) where T : class
    {
        var index = TypeIndex<T>.Value;
        if (index >= _data.Length) Array.Resize(ref _data, Math.Max(index + 1, _data.Length * 2));
        _data[index] = value;
    }

    public T? Read<T>() where T : class
    {
        var index = TypeIndex<T>.Value;
        return index < _data.Length ? (T?)_data[index] : null;
    }

    private static class TypeIndex<T>
    {
        public static readonly int Value = TypeIndexes.Next();
    }
}
