namespace Sampan.Api.Meta.V1;

/// <summary>Which fields of an object a manager owns, and since when.</summary>
[ApiType("io.k8s.apimachinery.pkg.apis.meta.v1.ManagedFieldsEntry")]
public sealed partial class ManagedFieldsEntry : IApiType<ManagedFieldsEntry>
{
    /// <summary>Who wrote the fields, by the name of its field manager.</summary>
    [Field("manager", 1)]
    public string? Manager { get; set; }

    /// <summary>Apply for server-side apply, Update for everything else.</summary>
    [Field("operation", 2)]
    public string? Operation { get; set; }

    /// <summary>The version in which the field names are written; fields are never converted.</summary>
    [Field("apiVersion", 3)]
    public string? ApiVersion { get; set; }

    /// <summary>When the manager's set of fields, or one of their values, last changed.</summary>
    [Field("time", 4, Pointer = true)]
    public Time? Time { get; set; }

    /// <summary>The form of fieldsV1; always FieldsV1.</summary>
    [Field("fieldsType", 6)]
    public string? FieldsType { get; set; }

    /// <summary>The fields as a tree: f: before a field, k: before a list key, v: before a value.</summary>
    [Field("fieldsV1", 7)]
    public FieldsV1? FieldsV1 { get; set; }

    /// <summary>The subresource through which the fields were written; empty for the object itself.</summary>
    [Field("subresource", 8)]
    public string? Subresource { get; set; }
}
