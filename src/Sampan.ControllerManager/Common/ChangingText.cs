namespace Sampan.ControllerManager.Common;

/// <summary>A text that may be another one the next time, such as what a file holds.</summary>
/// <param name="read">Answers the text of now; does not throw.</param>
internal sealed class ChangingText(Func<string> read)
{
    /// <summary>How often to look.</summary>
    public static readonly TimeSpan Period = TimeSpan.FromMinutes(1);
    private string _seen = read();

    public string Current => read();

    /// <summary>True once after each change.</summary>
    public bool HasChanged()
    {
        var current = read();
        return Interlocked.Exchange(ref _seen, current) != current;
    }
}
