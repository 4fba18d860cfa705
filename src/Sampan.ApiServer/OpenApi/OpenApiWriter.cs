using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Sampan.Api.Codec;

namespace Sampan.ApiServer.OpenApi;

/// <summary>What both flavors of a document have in common.</summary>
internal abstract class OpenApiWriter(Utf8JsonWriter writer)
{
    protected Utf8JsonWriter Writer { get; } = writer;

    public static byte[] Write(DocumentContent content, OpenApiFlavor flavor)
    {
        var buffer = new ArrayBufferWriter<byte>(1 << 18);
        using (var writer = new Utf8JsonWriter(buffer, JsonCodec.WriterOptions))
        {
            OpenApiWriter document = flavor == OpenApiFlavor.V2 ? new SwaggerWriter(writer) : new OpenApi3Writer(writer);
            document.Write(content);
        }

        return buffer.WrittenSpan.ToArray();
    }

    protected abstract void Write(DocumentContent content);

    protected abstract void WriteOperation(OpenApiOperation operation);

    protected abstract void WriteParameter(OpenApiParameter parameter);

    protected void WriteInfo()
    {
        Writer.WriteStartObject("info");
        Writer.WriteString("title", "Kubernetes");
        Writer.WriteString("version", "v1.36.0");
        Writer.WriteEndObject();
    }

    protected void WritePaths(DocumentContent content)
    {
        Writer.WriteStartObject("paths");
        foreach (var (name, path) in content.Paths)
        {
            Writer.WriteStartObject(name);
            foreach (var operation in path.Operations)
            {
                Writer.WriteStartObject(operation.Method);
                WriteOperation(operation);
                Writer.WriteEndObject();
            }

            WriteParameters(path.Parameters);
            Writer.WriteEndObject();
        }

        Writer.WriteEndObject();
    }

    protected void WriteParameters(IReadOnlyList<OpenApiParameter> parameters)
    {
        if (parameters.Count == 0)
            return;
        Writer.WriteStartArray("parameters");
        foreach (var parameter in parameters)
            WriteParameter(parameter);
        Writer.WriteEndArray();
    }

    /// <summary>The name, place and meaning of a parameter.</summary>
    protected void WriteParameterHead(OpenApiParameter parameter)
    {
        Writer.WriteString("description", parameter.Description);
        Writer.WriteString("in", parameter.In);
        Writer.WriteString("name", parameter.Name);
        if (parameter.IsRequired)
            Writer.WriteBoolean("required", true);
    }

    protected void WriteOperationHead(OpenApiOperation operation)
    {
        Writer.WriteString("description", operation.Description);
        Writer.WriteString("operationId", operation.Id);
        WriteTexts("tags", [operation.Tag]);
        if (operation.Action is { } action)
            Writer.WriteString("x-kubernetes-action", action);
        if (operation.Kind is not { } kind)
            return;
        Writer.WriteStartObject("x-kubernetes-group-version-kind");
        Writer.WriteString("group", kind.Group);
        Writer.WriteString("kind", kind.Kind);
        Writer.WriteString("version", kind.Version);
        Writer.WriteEndObject();
    }

    protected void WriteResponses(OpenApiOperation operation, Action writeAnswer)
    {
        Writer.WriteStartObject("responses");
        foreach (var code in operation.Codes)
        {
            Writer.WriteStartObject(code.ToString(CultureInfo.InvariantCulture));
            Writer.WriteString("description", code switch { 201 => "Created", 202 => "Accepted", _ => "OK" });
            writeAnswer();
            Writer.WriteEndObject();
        }

        Writer.WriteStartObject("401");
        Writer.WriteString("description", "Unauthorized");
        Writer.WriteEndObject();
        Writer.WriteEndObject();
    }

    /// <summary>An object that refers to the schema, or says that the value is text.</summary>
    protected void WriteSchema(OpenApiFlavor flavor, string? schema)
    {
        Writer.WriteStartObject("schema");
        if (schema is null)
            Writer.WriteString("type", "string");
        else
            Writer.WriteString("$ref", SchemaNames.Reference(flavor, schema));
        Writer.WriteEndObject();
    }

    protected void WriteTexts(string name, IEnumerable<string> texts)
    {
        Writer.WriteStartArray(name);
        foreach (var text in texts)
            Writer.WriteStringValue(text);
        Writer.WriteEndArray();
    }

    protected void WriteBearerToken()
    {
        Writer.WriteStartObject("BearerToken");
        Writer.WriteString("description", "Bearer Token authentication");
        Writer.WriteString("in", "header");
        Writer.WriteString("name", "authorization");
        Writer.WriteString("type", "apiKey");
        Writer.WriteEndObject();
    }
}
