/* bcryptprimitives.dll for the Wine of Debian 12, which lacks it: random bytes, from the function that Wine has.
   For trying the program alone. It is not shipped; every Windows has its own. */

#include <windows.h>

BOOLEAN NTAPI SystemFunction036(PVOID, ULONG); /* RtlGenRandom, in advapi32 */

#define AT_ONCE 0x10000

__declspec(dllexport) BOOL WINAPI ProcessPrng(PBYTE bytes, SIZE_T count)
{
    while (count > 0) {
        ULONG part = count < AT_ONCE ? (ULONG)count : AT_ONCE;
        if (!SystemFunction036(bytes, part))
            return FALSE;
        bytes += part;
        count -= part;
    }
    return TRUE;
}
