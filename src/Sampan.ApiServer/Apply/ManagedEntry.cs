using Sampan.Api;
using Sampan.Api.Meta.V1;

namespace Sampan.ApiServer.Apply;

/// <summary>One manager's fields; decoded once, and encoded again only when they changed.</summary>
internal sealed class ManagedEntry
{
    public const string Apply = "Apply";
    public const string Update = "Update";

    private readonly FieldsV1? _encoded;

    private ManagedEntry(string manager, string operation, string apiVersion, string subresource, Time? time, FieldSet fields, FieldsV1? encoded) =>
        (Manager, Operation, ApiVersion, Subresource, Time, Fields, _encoded) = (manager, operation, apiVersion, subresource, time, fields, encoded);

    public string Manager { get; }

    public string Operation { get; }

    public string ApiVersion { get; }

    public string Subresource { get; }

    /// <summary>What tells entries apart: an applier has one entry whatever versions it uses.</summary>
    public (string Manager, string Subresource, string Operation, string ApiVersion) Identity =>
        (Manager, Subresource, Operation, IsApplied ? "" : ApiVersion);

    public Time? Time { get; }

    public FieldSet Fields { get; }

    public bool IsApplied => Operation == Apply;

    public static ManagedEntry New(FieldOwner owner, string operation, string apiVersion, Time time, FieldSet fields) =>
        new(owner.Manager, operation, apiVersion, owner.Subresource, time, fields, null);

    /// <summary>Throws <see cref="FormatException"/> for an entry that is not understood.</summary>
    public static ManagedEntry Decode(ManagedFieldsEntry entry)
    {
        if (entry is not { Operation: Apply or Update, ApiVersion.Length: > 0, FieldsType: "FieldsV1" })
        {
            throw new FormatException("managed fields need an operation, an apiVersion and the fieldsType FieldsV1");
        }
        var fields = entry.FieldsV1 is { IsEmpty: false } raw ? FieldSetCodec.Decode(raw) : FieldSet.Empty;
        return new(entry.Manager ?? "", entry.Operation!, entry.ApiVersion!, entry.Subresource ?? "", entry.Time, fields, entry.FieldsV1);
    }

    /// <summary>Whether writes of the owner belong to this entry.</summary>
    public bool IsOf(FieldOwner owner, string operation, string apiVersion) =>
        Identity == (owner.Manager, owner.Subresource, operation, IsApplied ? "" : apiVersion);

    public ManagedEntry With(FieldSet fields) => With(fields, ApiVersion, Time);

    public ManagedEntry With(FieldSet fields, string apiVersion, Time? time) =>
        new(Manager, Operation, apiVersion, Subresource, time, fields, ReferenceEquals(fields, Fields) ? _encoded : null);

    public ManagedFieldsEntry Encode() => new()
    {
        Manager = Manager,
        Operation = Operation,
        ApiVersion = ApiVersion,
        Time = Time,
        FieldsType = "FieldsV1",
        FieldsV1 = _encoded ?? FieldSetCodec.Encode(Fields),
        Subresource = Subresource.Length == 0 ? null : Subresource,
    };
}
