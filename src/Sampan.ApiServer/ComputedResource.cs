using Sampan.Api;

namespace Sampan.ApiServer;

/// <summary>A resource whose objects another component of this process knows; nothing is stored. It can be got and listed.</summary>
public sealed record ComputedResource(KindInfo Kind, Func<IReadOnlyList<IObject>> List);
