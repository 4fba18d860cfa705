namespace Sampan.Client;

/// <summary>A logger factory that can tell more, or less, while it is used.</summary>
public interface ILogVerbosity
{
    /// <summary>As <c>--v</c> says: 0 information, 2 debug, 4 everything.</summary>
    int Verbosity { get; set; }
}
