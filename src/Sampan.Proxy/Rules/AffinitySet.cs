using Sampan.Proxy.Model;

namespace Sampan.Proxy.Rules;

/// <summary>The clients that stick to one endpoint of one frontend, forgotten by the kernel after the time-out.</summary>
internal sealed record AffinitySet(IPFamily Family, string Name, int Seconds);
