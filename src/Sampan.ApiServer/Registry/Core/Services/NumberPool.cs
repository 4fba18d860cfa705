using System.Collections;

namespace Sampan.ApiServer.Registry.Core.Services;

/// <summary>
/// Numbers of a range, each given out once. The lowest ones are left to those who ask for a certain number, while others are free.
/// <code>
/// 0 ··· static band ··· offset ··· dynamic band ··· size
///       second choice              first choice, from a random start
/// </code>
/// </summary>
internal sealed class NumberPool(int size, int dynamicOffset)
{
    private readonly BitArray _taken = new(size);
    private readonly Lock _lock = new();

    public bool TryTake(int number)
    {
        lock (_lock)
        {
            if (_taken[number])
            {
                return false;
            }
            _taken[number] = true;
            return true;
        }
    }

    /// <summary>Any free number; null when all are taken.</summary>
    public int? Take()
    {
        lock (_lock)
        {
            return TakeFrom(dynamicOffset, size) ?? TakeFrom(0, dynamicOffset);
        }
    }

    public void Release(int number)
    {
        lock (_lock)
        {
            _taken[number] = false;
        }
    }

    private int? TakeFrom(int start, int end)
    {
        if (end <= start)
        {
            return null;
        }
        var length = end - start;
        var first = Random.Shared.Next(length);
        for (var i = 0; i < length; i++)
        {
            var number = start + ((first + i) % length);
            if (!_taken[number])
            {
                _taken[number] = true;
                return number;
            }
        }
        return null;
    }
}
