using Sampan.Api.Meta.V1;

namespace Sampan.Api.AdmissionRegistration.V1;

/// <summary>Points a binding to its policy's parameters, either by name or by labels.</summary>
[ApiType("io.k8s.api.admissionregistration.v1.ParamRef", MapType = "atomic")]
public sealed partial class ParamRef : IApiType<ParamRef>
{
    /// <summary>The one parameter object to use; not together with a selector.</summary>
    [Field("name", 1)]
    public string? Name { get; set; }

    /// <summary>
    /// Where to look for namespaced parameters; empty means the namespace of the request. Must be unset for cluster-wide parameter kinds.
    /// </summary>
    [Field("namespace", 2)]
    public string? Namespace { get; set; }

    /// <summary>Labels of the parameter objects to use; the policy is evaluated with each. Not together with a name.</summary>
    [Field("selector", 3)]
    public LabelSelector? Selector { get; set; }

    /// <summary>
    /// What happens when no parameter object is found: Allow lets the request pass, Deny applies the policy's failure policy. Required.
    /// </summary>
    [Field("parameterNotFoundAction", 4, Pointer = true)]
    public string? ParameterNotFoundAction { get; set; }
}
