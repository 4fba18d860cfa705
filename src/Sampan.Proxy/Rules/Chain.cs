using Sampan.Proxy.Model;

namespace Sampan.Proxy.Rules;

/// <summary>A chain and its rules, in the words of nftables.</summary>
internal sealed record Chain(IPFamily Family, string Name, IReadOnlyList<string> Rules);
