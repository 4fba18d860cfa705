using System.Buffers;
using System.Text.Json;

namespace Sampan.ApiServer.Authentication.ServiceAccounts;

/// <summary>
/// What a service account token says. As JSON:
/// <code>{"aud":["https://…"],"exp":…,"iat":…,"iss":"https://…","jti":"…","kubernetes.io":{"namespace":"web",
/// "pod":{"name":"nginx","uid":"…"},"serviceaccount":{"name":"default","uid":"…"}},"nbf":…,"sub":"system:serviceaccount:web:default"}</code>
/// </summary>
internal sealed record ServiceAccountClaims
{
    public required string Issuer { get; init; }

    public required string Namespace { get; init; }

    public required ObjectName ServiceAccount { get; init; }

    public ObjectName? Pod { get; init; }

    public ObjectName? Secret { get; init; }

    public ObjectName? Node { get; init; }

    public IReadOnlyList<string> Audiences { get; init; } = [];

    public DateTimeOffset? IssuedAt { get; init; }

    public DateTimeOffset? NotBefore { get; init; }

    public DateTimeOffset? Expires { get; init; }

    /// <summary>From then on, use of the token is reported: its holder should have read a newer one.</summary>
    public DateTimeOffset? WarnAfter { get; init; }

    public string Id { get; init; } = "";

    public string Subject => UserNames.ServiceAccount(Namespace, ServiceAccount.Name);

    public byte[] ToJson()
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteStartArray("aud");
            foreach (var audience in Audiences)
                writer.WriteStringValue(audience);
            writer.WriteEndArray();
            WriteTime(writer, "exp", Expires);
            WriteTime(writer, "iat", IssuedAt);
            writer.WriteString("iss", Issuer);
            if (Id.Length > 0)
                writer.WriteString("jti", Id);
            WriteBinding(writer);
            WriteTime(writer, "nbf", NotBefore);
            writer.WriteString("sub", Subject);
            writer.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    private void WriteBinding(Utf8JsonWriter writer)
    {
        writer.WriteStartObject("kubernetes.io");
        writer.WriteString("namespace", Namespace);
        WriteName(writer, "node", Node);
        WriteName(writer, "pod", Pod);
        WriteName(writer, "secret", Secret);
        WriteName(writer, "serviceaccount", ServiceAccount);
        WriteTime(writer, "warnafter", WarnAfter);
        writer.WriteEndObject();
    }

    private static void WriteName(Utf8JsonWriter writer, string property, ObjectName? name)
    {
        if (name is null)
            return;
        writer.WriteStartObject(property);
        writer.WriteString("name", name.Name);
        if (name.Uid.Length > 0)
            writer.WriteString("uid", name.Uid);
        writer.WriteEndObject();
    }

    private static void WriteTime(Utf8JsonWriter writer, string property, DateTimeOffset? value)
    {
        if (value is { } time)
            writer.WriteNumber(property, time.ToUnixTimeSeconds());
    }
}
