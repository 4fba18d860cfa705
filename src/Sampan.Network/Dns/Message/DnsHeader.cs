namespace Sampan.Network.Dns.Message;

/// <summary>
/// The first twelve bytes: <c>id │ flags │ questions │ answers │ authorities │ additionals</c>, 16 bits each, with the flags
/// <c>QR opcode(4) AA TC RD │ RA Z AD CD rcode(4)</c>.
/// </summary>
internal static class DnsHeader
{
    public const int Size = 12;
    public const ushort Response = 0x8000;
    public const ushort OpcodeMask = 0x7800;
    public const ushort Authoritative = 0x0400;
    public const ushort Truncated = 0x0200;
    public const ushort RecursionDesired = 0x0100;
    public const ushort RecursionAvailable = 0x0080;
    public const ushort CheckingDisabled = 0x0010;
    public const ushort CodeMask = 0x000f;
}
