namespace Sampan.Proxy.Model;

/// <summary>The IP families; each has a table of its own.</summary>
internal enum IPFamily : byte
{
    V4,
    V6,
}
