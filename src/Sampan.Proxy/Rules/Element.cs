using Sampan.Proxy.Model;

namespace Sampan.Proxy.Rules;

/// <summary>One element of a set (no value) or of a map, in the words of nftables.</summary>
internal readonly record struct Element(IPFamily Family, string Container, string Key, string? Value = null, string? Comment = null);
