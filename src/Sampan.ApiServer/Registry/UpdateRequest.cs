using Sampan.Api;

namespace Sampan.ApiServer.Registry;

/// <summary>
/// How one update goes. <see cref="Change"/> makes the next version from the present one (shared: read only) and may be called again
/// when another write came between; its result has no other owner. Present is null only when the update may create.
/// </summary>
internal sealed record UpdateRequest(string Name, UpdateStrategy Strategy, Func<IObject?, ValueTask<IObject>> Change)
{
    /// <summary>Creates an absent object where the kind allows it on updates.</summary>
    public bool MayCreate { get; init; }

    /// <summary>The change starts from the present version whatever it is (patches), so a lost race is simply done again.</summary>
    public bool FromPresent { get; init; }

    /// <summary>Creates an absent object of any kind.</summary>
    public bool Creates { get; init; }

    /// <summary>Runs admission; off for the server's own writes (graceful deletion, binding).</summary>
    public bool Admits { get; init; } = true;
}
