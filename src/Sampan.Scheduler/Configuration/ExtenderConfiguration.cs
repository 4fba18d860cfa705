namespace Sampan.Scheduler.Configuration;

/// <summary>A process beside the scheduler that takes part in its decisions over HTTP. A verb that is empty is not called.</summary>
public sealed class ExtenderConfiguration
{
    public string UrlPrefix { get; set; } = "";
    public string FilterVerb { get; set; } = "";
    public string PreemptVerb { get; set; } = "";
    public string PrioritizeVerb { get; set; } = "";
    public string BindVerb { get; set; } = "";

    /// <summary>What its scores count.</summary>
    public long Weight { get; set; }

    public bool EnableHTTPS { get; set; }
    public ExtenderTlsConfiguration? TlsConfig { get; set; }
    public Duration HttpTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>It knows the nodes: their names are enough.</summary>
    public bool NodeCacheCapable { get; set; }

    /// <summary>It is asked only about pods that request one of these; none: about every pod.</summary>
    public List<ExtenderManagedResource> ManagedResources { get; set; } = [];

    /// <summary>Its failures don't keep pods from being scheduled.</summary>
    public bool Ignorable { get; set; }

    internal static void Validate(List<ExtenderConfiguration> extenders, FieldPath path, FieldErrors errors)
    {
        var seen = new HashSet<string>();
        for (var i = 0; i < extenders.Count; i++) extenders[i].Validate(path.Index(i), seen, errors);
        var binders = extenders.Count(extender => extender.BindVerb.Length > 0);
        if (binders > 1) errors.Invalid(path, $"found {binders} extenders implementing bind", "only one extender can implement bind");
    }

    private void Validate(FieldPath path, HashSet<string> seen, FieldErrors errors)
    {
        if (PrioritizeVerb.Length > 0 && Weight <= 0) errors.Invalid(path.Child("weight"), Weight, "must have a positive weight applied to it");
        for (var i = 0; i < ManagedResources.Count; i++)
        {
            var (name, at) = (ManagedResources[i].Name, path.Child("managedResources").Index(i).Child("name"));
            var problems = Names.IsQualifiedName(name);
            errors.Invalid(at, name, problems);
            if (problems.Count == 0 && !Cache.ResourceNames.IsExtended(name)) errors.Invalid(at, name, "is an invalid extended resource name");
            if (!seen.Add(name)) errors.Invalid(at, name, "duplicate extender managed resource name");
        }
    }
}
